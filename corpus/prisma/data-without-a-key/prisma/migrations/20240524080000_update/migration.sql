update hit set n = n + 1 where path = '/';
