namespace Akimbo.Prediction;

/// <summary>Where the time of one estimate went.</summary>
/// <param name="Decode">Reading and decoding the file; zero when pixels were given.</param>
/// <param name="Prepare">Resizing and normalising.</param>
/// <param name="Network">Running the network, and compiling it when the input size is new.</param>
/// <param name="Grouping">From the network's outputs to people.</param>
public readonly record struct PoseTiming(TimeSpan Decode, TimeSpan Prepare, TimeSpan Network, TimeSpan Grouping);
