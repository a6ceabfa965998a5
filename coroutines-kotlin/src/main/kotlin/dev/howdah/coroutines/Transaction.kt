package dev.howdah.coroutines

import dev.howdah.internal.engine.Engine

/** Like `Transaction` in Java: the verbs inside a transaction block, valid until the block ends. */
public class Transaction internal constructor(scope: Engine.Scope) : Queries(scope)
