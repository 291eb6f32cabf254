"""The provider registry: official files in, one folder for look-up and analysis out."""
