"""The rules by topic: one module a topic, one function a rule, each beside the codes that it may emit."""
