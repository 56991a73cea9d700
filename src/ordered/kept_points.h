/*-------------------------------------------------------------------------
 *
 * kept_points.h
 *	  The state of ordered measures over rows: all points of a group.
 *
 *-------------------------------------------------------------------------
 */
#ifndef KLDIV_ORDERED_KEPT_POINTS_H
#define KLDIV_ORDERED_KEPT_POINTS_H

#include "kldiv.h"

#include "ordered/points.h"

/* As many as make a batch a line of the cache */
#define BATCH_POINTS 6
/* A group that had more batches would rather have two lists */
#define MOST_BATCHES 10
#define FEW_KEPT_POINTS (BATCH_POINTS * (MOST_BATCHES + 1))

/* Points that weigh 1 on one side */
typedef struct PointBatch
{
	double		values[BATCH_POINTS];
	struct PointBatch *older;
	uint8		count;
	uint8		of_q;			/* a bit for each, the lowest for the first */
	uint8		older_batches;	/* how many there are; in the state, */
	bool		has_lists;		/* where none are, if there are lists */
} PointBatch;

/* The points of a side */
typedef struct Side
{
	PointList	points;
	uint32		sorted;			/* the first ones are in order */
	uint32		next_merge;		/* how many points there should be before equal ones are added up */
} Side;

/*
 * With many groups each row waits for its state, and for nothing else: points
 * gather here.  When there are six, they move to a batch of their own, which is
 * new, and so need not be waited for; when there are many, or others than those
 * that weigh 1 on one side, to lists, for which the state is enlarged.
 */
typedef struct KeptPoints
{
	PointBatch	recent;
	Side		sides[2];		/* only if there are lists */
} KeptPoints;

/* Room for the points of a group that has no lists */
typedef struct FewKeptPoints
{
	double		values[2][FEW_KEPT_POINTS];
} FewKeptPoints;

extern KeptPoints *new_kept_points(MemoryContext memory);

/* With lists, which have room for so many points, or as many as there may be */
extern KeptPoints *new_kept_lists(MemoryContext memory, size_t p_capacity, size_t q_capacity);

/* The state, with room for a recent point, or with lists; it may move, so final functions must not call these */
extern KeptPoints *make_room_for_point(KeptPoints *kept, MemoryContext memory);
extern KeptPoints *make_lists(KeptPoints *kept, MemoryContext memory);

/* Makes room if that is nothing but moving points, and the state can stay where it is */
extern bool make_room_in_place(KeptPoints *kept, MemoryContext memory);

/* Adds a point that weighs 1; there is room */
static inline void
keep_point(KeptPoints *kept, double value, bool of_q)
{
	PointBatch *recent = &kept->recent;

	recent->values[recent->count] = value;
	recent->of_q |= of_q << recent->count;
	recent->count++;
}

/* The list of a side, with room for so many points */
extern void begin_list(Side *side, MemoryContext memory, size_t capacity);
extern void check_list(const Side *side);

/* Adds a point to the list of a side, if it weighs anything */
extern void add_to_list(Side *side, double value, double weight);

/* Adds points in order, none of which weighs nothing; if the list is in order it stays so */
extern void add_list(Side *side, const PointList *points);

/* Adds up what can be, if there is much; before points are sent elsewhere */
extern void compact_lists(KeptPoints *kept);

/* The points of both sides in order; room is for those of a state without lists */
extern void points_in_order(KeptPoints *kept, FewKeptPoints *room, PointList lists[2]);

#endif							/* KLDIV_ORDERED_KEPT_POINTS_H */
