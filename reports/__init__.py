"""What people get: the published warehouse as workbooks and printable pages, laid out by templates."""
