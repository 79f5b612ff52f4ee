"""Career guides: one YAML file a career, its schema and its loading. No Rasa in here."""
