"""The life of an application: stages, review routes, worklists, documents, notices, decisions."""
