DROP TABLE crate, lid;
