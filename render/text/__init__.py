"""Text: escaping, lengths, widths, Markdown, locales."""
