-- What everything else in this directory needs.

CREATE EXTENSION kldiv;
CREATE EXTENSION plpython3u;

CREATE FUNCTION scipy_versions() RETURNS text LANGUAGE plpython3u AS $$
import platform, numpy, scipy
return f'SciPy {scipy.__version__}, NumPy {numpy.__version__}, Python {platform.python_version()}'
$$;

SELECT '- ' || version();
SELECT '- ' || scipy_versions();
