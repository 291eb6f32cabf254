"""Is this article or advert right? Text -> statements, each with a verdict, why, and sources."""
