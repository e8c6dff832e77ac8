namespace Akimbo.Evaluation.Runs;

/// <summary>The people that were predicted in one image of a data set.</summary>
/// <param name="ImageId">The image's number in the data set.</param>
/// <param name="FileName">Its file name without folders.</param>
/// <param name="People">Everyone found; empty where nobody was.</param>
public sealed record ImagePrediction(long ImageId, string FileName, IReadOnlyList<Person> People);
