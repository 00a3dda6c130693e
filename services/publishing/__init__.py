"""What may become public: the publication guard, moderation by level, sections, expiry, links that broke."""
