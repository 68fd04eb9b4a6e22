"""The first look at what came in: what is urgent, what is alike, who may be a child; and what a person does then."""
