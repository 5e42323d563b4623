"""Whole treaty texts as files: plain text and Akoma Ntoso in, draft renderings out, and back as Akoma Ntoso."""
