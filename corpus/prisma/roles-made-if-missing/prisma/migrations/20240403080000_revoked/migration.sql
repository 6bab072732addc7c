REVOKE ALL ON report FROM transmigrate_case_reader;
