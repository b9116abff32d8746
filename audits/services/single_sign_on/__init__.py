"""Single sign-on: providers, mail domains, groups, and who joins by them."""
