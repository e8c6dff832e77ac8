using Akimbo.Imaging;
using Akimbo.Networks;
using Akimbo.Tensors;
using Akimbo.Testing;

namespace Akimbo.Tests;

public sealed class PublicApiTests
{
    /// <summary>Set it to 1 to accept a change: the files are then written anew, and the difference is reviewed with the code.</summary>
    private const string Accept = "AKIMBO_ACCEPT_API";

    [Theory]
    [InlineData(typeof(Tensor))]
    [InlineData(typeof(Network))]
    [InlineData(typeof(Image))]
    [InlineData(typeof(PoseEstimator))]
    public void PublicApi_OfEachLibrary_IsTheOneOnFile(Type member)
    {
        string file = Path.Combine(Repository.Root, "docs", "api", $"{member.Assembly.GetName().Name}.txt");
        string actual = PublicApi.Describe(member.Assembly);
        if (Environment.GetEnvironmentVariable(Accept) == "1") File.WriteAllText(file, actual);

        string expected = File.Exists(file) ? File.ReadAllText(file) : "";
        string[] known = expected.Split('\n'), found = actual.Split('\n');
        Assert.True(expected == actual, $"""
            The public API of {member.Assembly.GetName().Name} has changed. If that is wanted, run the test with {Accept}=1 and commit {file}.
            gone: {string.Join("; ", known.Except(found))}
            new: {string.Join("; ", found.Except(known))}
            """);
    }
}
