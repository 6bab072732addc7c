REVOKE USAGE ON SEQUENCE guest_no_seq FROM pg_monitor;
ALTER TABLE visit RENAME TO visits;
