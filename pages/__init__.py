"""The pages of the app, one folder per section of the navigation, and what they share."""
