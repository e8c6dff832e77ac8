using Akimbo.Tensors.Serialization;
using Akimbo.Testing;
using static Akimbo.Tensors.Tests.Serialization.MatWriter;

namespace Akimbo.Tensors.Tests.Serialization;

public class MatFileTests
{
    private const string Name = "test.mat";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_Doubles_FirstDimensionRunsFastest(bool compressed)
    {
        byte[] variable = Doubles("joints", [2, 3], 1, 2, 3, 4, 5, 6.5);
        var numbers = Assert.IsType<MatNumbers>(Read(compressed ? Compress(variable) : variable)["joints"]);

        Assert.Equal([2, 3], numbers.Dimensions);
        Assert.Equal(6, numbers.Count);
        Assert.Equal([1, 2, 3, 4, 5, 6.5], numbers.ToArray<double>());
    }

    [Fact]
    public void Read_NumbersInNarrowTypes_GivesTheirValues()
    {
        var file = Read(
            MatWriter.Array(DoubleClass, "a", [1, 3], Small(MiUInt8, 1, 2, 255)),
            MatWriter.Array(DoubleClass, "b", [1, 2], Small(MiInt8, 1, 255)),
            MatWriter.Array(DoubleClass, "c", [1, 1], Small(MiSingle, BitConverter.GetBytes(1.5f))));

        Assert.Equal([1, 2, 255], Numbers(file["a"]));
        Assert.Equal([1, -1], Numbers(file["b"]));
        Assert.Equal([1.5], Numbers(file["c"]));
    }

    [Fact]
    public void Read_CellsInStructs_GivesBoth()
    {
        var file = Read(Compress(Structs("s", 2, ["name", "items"],
            Characters("", "one"), Cells("", Doubles("", [1, 1], 7), Characters("", "x")),
            Characters("", "two"), Element(MiMatrix))));

        var structs = Assert.IsType<MatStructs>(file["s"]);
        Assert.Equal(["name", "items"], structs.Fields);
        Assert.Equal("two", Assert.IsType<MatText>(structs[1, "name"]).Text);
        var items = Assert.IsType<MatCells>(structs[0, "items"]).Items;
        Assert.Equal([7], Numbers(items[0]));
        Assert.Equal("x", Assert.IsType<MatText>(items[1]).Text);
        Assert.Equal(0, structs[1, "items"].Count);
        Assert.Null(structs.Find(0, "none"));
        Assert.Contains("'items'", Assert.Throws<KeyNotFoundException>(() => structs[0, "item"]).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => structs[2, "name"]);
    }

    [Fact]
    public void Read_CharacterMatrix_GivesLines()
    {
        byte[] letters = "acbd".SelectMany(letter => BitConverter.GetBytes(letter)).ToArray();
        var file = Read(MatWriter.Array(CharClass, "t", [2, 2], Element(MiUInt16, letters)));
        Assert.Equal("ab\ncd", Assert.IsType<MatText>(file["t"]).Text);
    }

    [Fact]
    public void Read_SparseNumbers_AreOpaqueAndLeaveTheOthersReadable()
    {
        var file = Read(MatWriter.Array(SparseClass, "s", [2, 2]), Doubles("d", [1, 1], 3));
        Assert.Equal("sparse numbers", Assert.IsType<MatOpaque>(file["s"]).Content);
        Assert.Equal([3], Numbers(file["d"]));
    }

    /// <summary>Written by scipy.io.savemat (SciPy 1.10.1, with and without do_compression).</summary>
    [Theory]
    [InlineData("datasets/scipy.mat")]
    [InlineData("datasets/scipy_uncompressed.mat")]
    public void Load_FileOfScipy_GivesWhatWasSaved(string fixture)
    {
        MatFile file = MatFile.Load(Repository.Fixture(fixture));

        Assert.Equal([3, 2, 2], file["cube"].Dimensions);
        Assert.Equal(Enumerable.Range(0, 12).Select(i => i - 2.5), Numbers(file["cube"]));
        Assert.Equal([-9_000_000_000_000_000_001, 5], Assert.IsType<MatNumbers>(file["long"]).ToArray<long>());
        Assert.Equal([1, 0], Numbers(file["truth"]));
        Assert.Equal("übung", Assert.IsType<MatText>(file["text"]).Text);
        Assert.IsType<MatOpaque>(file["complex"]);
        var annotation = Assert.IsType<MatStructs>(file["annotation"]);
        Assert.Equal("a.jpg", Assert.IsType<MatText>(Assert.IsType<MatStructs>(annotation[0, "image"])[0, "name"]).Text);
        var points = Assert.IsType<MatStructs>(annotation[0, "points"]);
        Assert.Equal([1, 3], points.Dimensions);
        Assert.Equal([4.5], Numbers(points[1, "x"]));
        var cells = Assert.IsType<MatCells>(file["cells"]).Items;
        Assert.Equal([1, 2, 3], Numbers(cells[0]));
        Assert.Equal("abc", Assert.IsType<MatText>(cells[1]).Text);
    }

    [Fact]
    public void Indexer_UnknownVariable_ListsAndSuggests()
    {
        var file = Read(Doubles("joints", [1, 1], 0));
        var exception = Assert.Throws<KeyNotFoundException>(() => file["joint"]);
        Assert.Contains("test.mat has no variable 'joint'; it has joints. Did you mean 'joints'?", exception.Message, StringComparison.Ordinal);
    }

    internal static double[] Numbers(MatValue value) => Assert.IsType<MatNumbers>(value).ToArray<double>();

    private static MatFile Read(params byte[][] variables) => MatFile.Read(MatWriter.File(variables), Name);
}
