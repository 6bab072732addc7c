INSERT INTO `User` (`email`, `name`) VALUES ('ann@x', 'Ann'), ('bob@x', NULL); INSERT INTO `Post` (`authorId`, `title`) VALUES (1, 'One'), (2, 'Two');
