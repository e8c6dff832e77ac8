using Akimbo.Tensors.Text;

namespace Akimbo.Tensors.Tests.Text;

public class NearestNamesTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("flaw", "lawn", 2)]
    [InlineData("abc", "", 3)]
    [InlineData("Conv", "conv", 0)]
    [InlineData("intention", "execution", 5)]
    public void Distance_WithinTheLimit_IsLevenshteins(string first, string second, int expected)
    {
        Assert.Equal(expected, NearestNames.Distance(first, second, limit: 20));
        Assert.Equal(expected, NearestNames.Distance(second, first, limit: 20));
        Assert.Equal(expected, NearestNames.Distance(first, second, limit: expected));
    }

    [Fact]
    public void Distance_RandomWords_EqualsTheFullTable()
    {
        var random = new Random(5);
        for (int round = 0; round < 500; round++)
        {
            string first = Word(random), second = Word(random);
            int expected = FullTable(first, second);
            int limit = random.Next(0, 8);
            int distance = NearestNames.Distance(first, second, limit);
            if (expected <= limit) Assert.Equal(expected, distance);
            else Assert.True(distance > limit, $"{first} {second} limit {limit}: {distance}, not {expected}");
        }
    }

    [Fact]
    public void Find_MisspeltName_GivesTheNearestFirst()
    {
        string[] known = ["layer1.0.conv1.weight", "layer1.0.conv2.weight", "layer1.0.bn1.weight", "head.bias"];

        Assert.Equal(["layer1.0.conv1.weight", "layer1.0.conv2.weight"], NearestNames.Find("layer1.0.conv1.weigth", known, count: 2));
        Assert.Empty(NearestNames.Find("optimizer", known));
    }

    [Fact]
    public void Suggest_OneTwoOrNone_IsASentence()
    {
        Assert.Equal(" Did you mean 'epochs'?", NearestNames.Suggest("epoch", ["epochs", "seed"]));
        Assert.Equal(" Did you mean 'epochs' or 'epoch2'?", NearestNames.Suggest("epoch", ["epochs", "epoch2"]));
        Assert.Equal("", NearestNames.Suggest("epoch", ["optimizer"]));
    }

    private static string Word(Random random) => new([.. Enumerable.Range(0, random.Next(0, 9)).Select(_ => (char)('a' + random.Next(3)))]);

    private static int FullTable(string first, string second)
    {
        int[,] table = new int[first.Length + 1, second.Length + 1];
        for (int i = 0; i <= first.Length; i++)
            for (int j = 0; j <= second.Length; j++)
                table[i, j] = i == 0 || j == 0 ? i + j
                    : Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1] + (first[i - 1] == second[j - 1] ? 0 : 1));
        return table[first.Length, second.Length];
    }
}
