# Twins over real[] of the functions over float8[] that topics declare: of whatever is STRICT, takes arrays and no histogram,
# and returns a number, an array or a boolean.  Each is made of the declaration, so that there is no second list of them;
# in C it is made beside its function, by REAL_TWIN or with the table of measures.

/^CREATE FUNCTION / { declaration = /^CREATE FUNCTION kldiv_/ ? "" : $0; result = ""; next }
declaration && /^\t/ { sub(/^\t+/, " "); declaration = declaration $0; next }
declaration && /^RETURNS / { result = $0; next }
declaration && /^AS 'MODULE_PATHNAME'/ { symbol = $3; gsub(/[';]/, "", symbol); next }
declaration && /^LANGUAGE C / { if (has_twin($0)) print_twin($0); declaration = "" }

function has_twin(language)
{
	return language ~ / STRICT / && result ~ /^RETURNS (float8|float8\[\]|boolean)$/ &&
		declaration ~ / float8\[\]/ && declaration !~ / histogram[,) ]/
}

function print_twin(language,   name, arguments, types, count, list, words, i)
{
	name = declaration
	sub(/^CREATE FUNCTION /, "", name)
	arguments = name
	sub(/\(.*/, "", name)
	sub(/^[^(]*\(/, "", arguments)
	sub(/\)$/, "", arguments)
	count = split(arguments, list, /, /)
	types = ""
	for (i = 1; i <= count; i++)
	{
		split(list[i], words, / /)
		types = types (i > 1 ? ", " : "") words[2]
	}
	printf "%sCREATE FUNCTION kldiv_%s_real(%s)\n%s\nAS 'MODULE_PATHNAME', '%s_real'\n%s\n", separator, name, over_real(arguments), result, symbol, language
	printf "\nCOMMENT ON FUNCTION kldiv_%s_real(%s) IS\n'implementation of %s over real[]';\n", name, over_real(types), name
	printf "\nALTER FUNCTION %s(%s)\nSUPPORT kldiv_real_support;\n", name, types
	separator = "\n"
}

function over_real(text)
{
	gsub(/float8\[\]/, "real[]", text)
	return text
}
