/*-------------------------------------------------------------------------
 *
 * query_text.c
 *	  Texts of callers that become parts of queries of ours.
 *
 * A text goes into parentheses, with line breaks around it, only after the
 * parser has found it to be one whole query or expression on its own: then its
 * parentheses and quotes are balanced, and nothing of ours that comes behind can
 * be drawn into it.  "select 1) q; create table x(); select 1 from (select 1"
 * fits into parentheses, and is no query.
 *
 * What a text means may depend on settings, which a query can change when it
 * runs.  So it has to be checked again right before each query that it becomes a
 * part of.
 *
 *-------------------------------------------------------------------------
 */
#include "columns/query_text.h"

#include "nodes/parsenodes.h"
#include "parser/parser.h"
#include "tcop/utility.h"

#include "compatibility.h"

/* What is being parsed: the words of ours, and then the text of an argument */
typedef struct ParsedText
{
	const char *text;
	const char *argument;
	const char *words;
} ParsedText;

/* An error of the parser is one in the argument, not in the query that it stands in */
static void
point_into_argument(void *argument)
{
	const ParsedText *parsed = argument;
	int			position = geterrposition() - (int) strlen(parsed->words);

	if (geterrposition() > 0)
	{
		errposition(0);
		internalerrposition(Max(position, 1));
		internalerrquery(parsed->text);
	}
	/* the name of a table, which is none */
	if (geterrcode() == ERRCODE_SYNTAX_ERROR && strcmp(parsed->argument, "query") == 0)
		errhint("Write a query; all rows of a table are \"TABLE name\".");
	errcontext("argument \"%s\"", parsed->argument);
}

/* The statements of words and a text; an error if it has a syntax error */
static List *
parse_text(const ParsedText *parsed)
{
	ErrorContextCallback callback = {.callback = point_into_argument, .arg = unconstify(ParsedText *, parsed)};
	List	   *statements;

	callback.previous = error_context_stack;
	error_context_stack = &callback;
	statements = parse_statements(psprintf("%s%s", parsed->words, parsed->text));
	error_context_stack = callback.previous;
	return statements;
}

pg_noreturn static void
refuse_query(const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("query must be one SELECT, VALUES or TABLE"),
			 errdetail("Argument \"query\" %s.", detail),
			 errhint("It is read as it would be in parentheses behind FROM: without INTO, and without locking rows.")));
	pg_unreachable();
}

/* The SELECT in a list of statements, which has to be the only one */
static const SelectStmt *
only_select(List *statements)
{
	Node	   *statement = list_length(statements) == 1 ? linitial_node(RawStmt, statements)->stmt : NULL;

	if (statements == NIL)
		refuse_query("is empty");
	if (list_length(statements) > 1)
		refuse_query(psprintf("has %d statements", list_length(statements)));
	if (!IsA(statement, SelectStmt))
		refuse_query(psprintf("is %s", GetCommandTagName(CreateCommandTag(statement))));
	return (const SelectStmt *) statement;
}

/* Whether a query begins with one that writes; within a subquery of ours, that is an error anyhow */
static bool
writes(const SelectStmt *select)
{
	ListCell   *cell;

	if (select->withClause == NULL)
		return false;
	foreach(cell, select->withClause->ctes)
		if (!IsA(lfirst_node(CommonTableExpr, cell)->ctequery, SelectStmt))
			return true;
	return false;
}

char *
checked_query(const char *text)
{
	ParsedText	parsed = {.text = text, .argument = "query", .words = ""};
	List	   *statements = parse_text(&parsed);
	const SelectStmt *select = only_select(statements);
	const RawStmt *raw = linitial_node(RawStmt, statements);
	const char *start = text + Max(raw->stmt_location, 0);
	const SelectStmt *first = select;

	while (first->op != SETOP_NONE)
		first = first->larg;
	if (first->intoClause != NULL)
		refuse_query("has INTO");
	if (writes(select))
		refuse_query("writes");
	if (select->lockingClause != NIL)
		refuse_query("locks rows");
	return raw->stmt_len > 0 ? pnstrdup(start, raw->stmt_len) : pstrdup(start);
}

/* Whether a statement is a SELECT of one expression without a name, and nothing else */
static bool
is_one_expression(const RawStmt *statement)
{
	const SelectStmt *select = (const SelectStmt *) statement->stmt;
	const ResTarget *target;

	if (statement->stmt_len > 0 || !IsA(select, SelectStmt) || list_length(select->targetList) != 1)
		return false;
	target = linitial_node(ResTarget, select->targetList);
	if (target->name != NULL || target->indirection != NIL)
		return false;
	if (IsA(target->val, ColumnRef) && IsA(llast(((const ColumnRef *) target->val)->fields), A_Star))
		return false;
	return select->op == SETOP_NONE && select->distinctClause == NIL && select->intoClause == NULL &&
		select->fromClause == NIL && select->whereClause == NULL && select->groupClause == NIL &&
		select->havingClause == NULL && select->windowClause == NIL && select->valuesLists == NIL &&
		select->sortClause == NIL && select->limitOffset == NULL && select->limitCount == NULL &&
		select->lockingClause == NIL && select->withClause == NULL;
}

char *
checked_expression(const char *text, const char *argument)
{
	ParsedText	parsed = {.text = text, .argument = argument, .words = "SELECT\n"};
	List	   *statements = parse_text(&parsed);

	if (list_length(statements) != 1 || !is_one_expression(linitial_node(RawStmt, statements)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be the name of a column, or one expression", argument),
				 errdetail("Argument \"%s\" is \"%s\".", argument, text)));
	return pstrdup(text);
}
