using Akimbo.Evaluation;

namespace Akimbo.Tests.Evaluation;

public sealed class OksSuppressionTests
{
    private static readonly Oks OneKeypoint = new([0.1]);

    [Fact]
    public void Hard_OfDuplicates_KeepsTheBestOfEach()
    {
        DetectedPerson[] people = [At(0, 0.5), At(1, 0.9), At(100, 0.7), At(101, 0.6), At(50, 0.1)];
        Assert.Equal([1, 2, 4], OksSuppression.Hard(people, OneKeypoint, threshold: 0.5));
    }

    [Fact]
    public void Hard_AtTheThreshold_KeepsBoth()
    {
        DetectedPerson[] people = [At(0, 0.9), At(1, 0.8)];
        double similarity = OneKeypoint.Similarity(people[0], people[1]);

        Assert.Equal([0, 1], OksSuppression.Hard(people, OneKeypoint, similarity));
        Assert.Equal([0], OksSuppression.Hard(people, OneKeypoint, Math.BitDecrement(similarity)));
    }

    [Fact]
    public void Hard_OfEqualScores_BeginsWithTheLast() =>
        Assert.Equal([2, 1, 0], OksSuppression.Hard([At(0, 0.5), At(100, 0.5), At(200, 0.5)], OneKeypoint, 0.5));

    [Fact]
    public void Hard_WithAMinimalKeypointScore_ComparesOnlySureKeypoints() =>
        Assert.Equal([0, 1], OksSuppression.Hard([At(0, 0.9), At(0, 0.8)], OneKeypoint, 0.5, minKeypointScore: 0.99));

    [Fact]
    public void Soft_OfDuplicates_MovesThemBack()
    {
        // A copy of the first falls to 0.8·exp(−1/0.9) = 0.263, behind the distant 0.5.
        DetectedPerson[] people = [At(0, 0.9), At(0, 0.8), At(100, 0.5), At(200, 0.2)];

        Assert.Equal([0, 2, 1, 3], OksSuppression.Soft(people, OneKeypoint, threshold: 0.9));
        Assert.Equal([0, 1, 2, 3], OksSuppression.Soft(people, OneKeypoint, threshold: 1e9));
        Assert.Equal([0, 2], OksSuppression.Soft(people, OneKeypoint, threshold: 0.9, maxPeople: 2));
    }

    [Fact]
    public void Soft_OfManyPeople_KeepsTwentyAsTheReference() =>
        Assert.Equal(20, OksSuppression.Soft([.. Enumerable.Range(0, 30).Select(i => At(100 * i, i))], OneKeypoint, 0.9).Count);

    [Fact]
    public void Suppression_OfNobody_IsEmptyAndOfNaN_IsRefused()
    {
        Assert.Empty(OksSuppression.Hard([], OneKeypoint, 0.9));
        Assert.Empty(OksSuppression.Soft([], OneKeypoint, 0.9));
        Assert.Throws<ArgumentException>(() => OksSuppression.Hard([At(0, double.NaN)], OneKeypoint, 0.9));
        Assert.Throws<ArgumentOutOfRangeException>(() => OksSuppression.Soft([At(0, 1)], OneKeypoint, threshold: 0));
    }

    private static DetectedPerson At(double x, double score) =>
        new() { ImageId = 1, Keypoints = new[] { x, 0, 0.9 }, Score = score, Area = 400 };
}
