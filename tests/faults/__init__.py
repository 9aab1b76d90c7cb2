"""What it takes to see the site under fire: real server processes, a lossy line to the database, browsers."""
