update rate set value = 1.08, note = 'fixed' where code = 'USD';
