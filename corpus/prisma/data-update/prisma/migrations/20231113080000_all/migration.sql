UPDATE rate SET note = upper(coalesce(note, 'none'));
