# Short names for the commands in README.md and CONTRIBUTING.md; none does more than it prints.
.PHONY: help tour test fast check format api errcodes bench

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

tour: ## run the tour on an embedded PostgreSQL
	mvn -q -pl examples -am compile -Dtour

test: ## everything CI runs
	mvn verify

fast: ## the tests that need no server
	mvn -q test -DexcludedGroups=database -Dsurefire.failIfNoSpecifiedTests=false

check: ## formatting and static analysis, no tests
	mvn -q verify -DskipTests

format: ## lay the sources out
	mvn -q spotless:apply

api: ## accept the public API as it is now
	mvn -q -pl core-java test -Dtest=ApiDumpTest -Dhowdah.api.accept=true -Dsurefire.failIfNoSpecifiedTests=false

errcodes: ## write the error classes again from dev/errcodes.txt
	java dev/GenerateErrors.java

bench: ## all contenders beside each other, in ratios (BENCH=--help for choices)
	mvn -q -pl benchmarks -am package -DskipTests
	java -cp benchmarks/target/benchmarks.jar dev.howdah.benchmarks.Scoreboard $(BENCH)
