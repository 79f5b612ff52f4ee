"""What a turn takes on the disk, and how long others wait while chats are deleted."""
