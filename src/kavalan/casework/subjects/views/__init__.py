"""The pages of subjects and watches."""
