"""What a team must know to run one step of the evidence plan."""
