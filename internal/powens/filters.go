package powens

// Powens has no filters: its list call answers with all links (contract 2.1).
