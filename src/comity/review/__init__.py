"""What people decide and code: corrections, codings in spreadsheets and of other tools."""
