"""An asynchronous client of the Databricks Genie Conversation API.

It needs aiohttp and stamina, and oauthlib where people sign in.

On purpose it covers every endpoint of that API that serves a person who asks, also those that the bot does
not call: docs/genie.md lists them, each with the test that proves it.

    async with aiohttp.ClientSession() as http:
        genie = Genie(http, "dbc-12345678-90ab.cloud.databricks.com", PersonalToken(token))
        ref = await genie.ask(space_id, "Revenue by region?")
        while not (message := await genie.message(ref)).final:
            await asyncio.sleep(next_poll_delay(message.status, age, polls))
        answer = select_answer(message)
        table = await genie.rows(ref, answer.query)

For callers

    client     Genie: ask, poll, rows, feedback, delete, export, lists
    polling    when to poll a running question again
    model      what Genie says, as frozen data
    agent_model    what its agent mode says: responses, their events and items
    errors     what can go wrong, and what to do about it

From a call to the wire

    calls      operations of several requests: rows, exports, a lost question, downloads, a serving endpoint
    http       one request: host, sign-in, transport, reading the reply, retries
    protocol   build requests, decode replies; pure
"""
