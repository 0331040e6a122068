"""Pictures of everything that can be seen, for eyes: python -m tests.gallery FOLDER"""
