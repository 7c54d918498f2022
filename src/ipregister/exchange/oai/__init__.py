"""OAI-PMH 2.0: the envelope of answers, the Dublin Core of a record, resumption tokens, datestamps.

Nothing here reads a register: `portal.oai` does, and hands over what may go out."""
