update house set code = 'c';
