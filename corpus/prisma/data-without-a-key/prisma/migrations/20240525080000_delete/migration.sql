delete from hit where n is null;
