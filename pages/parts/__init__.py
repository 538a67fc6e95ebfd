"""What the pages share: state, language, controls, figures."""
