-- begin --
-- Nothing; the first statement begins the transaction of a connection that is not in autocommit
SELECT;
