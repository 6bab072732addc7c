alter type step rename value 'one' to 'zero';
alter type step add value 'one' after 'zero';
