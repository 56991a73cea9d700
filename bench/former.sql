-- The objects of the version before this one, in a schema of their own; :script makes them.
CREATE EXTENSION dblink;
CREATE SCHEMA former;
SET search_path = former;
\i :script
