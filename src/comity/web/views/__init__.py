"""What each kind of page shows, as frozen values made from what a graph holds."""
