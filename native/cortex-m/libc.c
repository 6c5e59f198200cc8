/* The parts of the C library that XS asks for and that newlib would only give together with malloc or time zones. */
#include "port.h"

#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

int stator_gettimeofday(struct timeval *time, void *zone);
struct tm *stator_localtime(const time_t *seconds, struct tm *parts);
time_t stator_mktime(struct tm *parts);
int stator_rand(void);
void stator_srand(unsigned seed);

/* Time of day: since power-on, until something sets the date. */
int stator_gettimeofday(struct timeval *time, void *zone)
{
	uint32_t now = stator_port_now();
	(void)zone;
	time->tv_sec = now / 1000;
	time->tv_usec = 1000 * (now % 1000);
	return 0;
}

/* Days since 1970-01-01 of a civil date, and back: the proleptic Gregorian calendar in eras of 400 years that begin in
   March (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
static int64_t days_from_civil(int64_t year, int month, int day)
{
	year -= month <= 2;
	int64_t era = (year >= 0 ? year : year - 399) / 400;
	int64_t of_era = year - era * 400;
	int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

struct tm *stator_localtime(const time_t *seconds, struct tm *parts)
{
	int64_t days = *seconds / 86400, rest = *seconds % 86400;
	if (rest < 0) {
		rest += 86400;
		days--;
	}
	int64_t shifted = days + 719468;
	int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
	int64_t of_era = shifted - era * 146097;
	int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t month = (5 * of_year + 2) / 153;
	parts->tm_mday = (int)(of_year - (153 * month + 2) / 5 + 1);
	parts->tm_mon = (int)(month < 10 ? month + 2 : month - 10);
	parts->tm_year = (int)(year_of_era + era * 400 + (parts->tm_mon <= 1) - 1900);
	parts->tm_hour = (int)(rest / 3600);
	parts->tm_min = (int)(rest / 60 % 60);
	parts->tm_sec = (int)(rest % 60);
	parts->tm_wday = (int)(((days + 4) % 7 + 7) % 7);
	parts->tm_yday = (int)(days - days_from_civil(parts->tm_year + 1900, 1, 1));
	parts->tm_isdst = 0;
	return parts;
}

time_t stator_mktime(struct tm *parts)
{
	int64_t year = parts->tm_year + 1900 + parts->tm_mon / 12;
	int month = parts->tm_mon % 12;
	if (month < 0) {
		month += 12;
		year--;
	}
	int64_t days = days_from_civil(year, month + 1, 1) + parts->tm_mday - 1;
	return (time_t)(days * 86400 + parts->tm_hour * 3600 + parts->tm_min * 60 + parts->tm_sec);
}

/* Math.random: xorshift32 (Marsaglia, 2003). Not for secrets. */
static uint32_t random_state = 2463534242u;

void stator_srand(unsigned seed)
{
	random_state = seed ? seed : 1;
}

int stator_rand(void)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 17;
	random_state ^= random_state << 5;
	return (int)(random_state & RAND_MAX);
}
