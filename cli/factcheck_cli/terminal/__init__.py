"""What people are shown, whatever it is a part of: cues, reasons, tables, colours, and messages."""
