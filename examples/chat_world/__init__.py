"""An invented district whose chats are written in every form that `kavalan chats` reads, with what is true of them."""
