"""Watches and notification: queries, numbers, parties and names that are watched; webhooks; mails.

Everything follows the change numbers of the register and keeps its place in the service database, so that
nothing is lost and nothing is told out of order. What may be told is given from outside (`source.Source`): only
released changes. May import `model`, `search` and `store`.
"""
