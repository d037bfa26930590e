"""An asynchronous client of the Databricks Genie Conversation API; it needs aiohttp and stamina alone.

    async with aiohttp.ClientSession() as http:
        genie = Genie(http, "dbc-12345678-90ab.cloud.databricks.com", PersonalToken(token))
        ref = await genie.ask(space_id, "Revenue by region?")
        while not (message := await genie.message(ref)).final:
            await asyncio.sleep(next_look(message.status, age, looks))
        answer = choose(message)
        table = await genie.rows(ref, answer.query)

For callers

    client         Genie: ask, look, rows, rate, comment, delete, export
    listings       the part of it that lists
    auth, unified  where tokens come from
    polling        when to look again
    serving        a model that puts figures into words
    choosing       the answer among a message's attachments
    model, conversations, links   what Genie says, as frozen data
    errors         what can go wrong, and what to do about it
    host           workspace addresses

Pure: from and to the wire

    requests, chunks                   the calls
    completions                        what a model is told, and writes
    decoding, attachments              messages, spaces, lists
    results, columns                   statements and rows
    refusals                           the errors
    lenient                            single values of whatever type
    png                                pictures

Over the wire

    transport, persistence, wire   one call: signed, bounded, repeated within its deadline
    paging, lookup                 lists, and a lost question among them
    statements, rows, exports      results, waited for and collected
    apart, packed, exported        large ones, decoded elsewhere and kept in files
    storage                        downloads without anything of ours
"""
