"""The pages on which a learner works alone."""
