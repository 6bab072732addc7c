insert into customers (id, name, email) values
  ('c1', 'Mary Shelley', 'mary@example.org'),
  ('c2', 'Johann Wolfgang von Goethe', 'jwg@example.org'),
  ('c3', 'Voltaire', 'v@example.org');
