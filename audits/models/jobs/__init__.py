"""The work of workers: leases, jobs, and what each kind of job makes."""
