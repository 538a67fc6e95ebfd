"""The practice page: a sheet of exercises, answers with their judgement, help in steps, and the teacher's view."""
