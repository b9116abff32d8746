"""Board papers and packs: requests, and frozen inputs."""
